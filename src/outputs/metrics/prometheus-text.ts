import { type MetricName, metricDefinitions, type Sample } from './definitions.js'

/** The text format of Prometheus, as the textfile collector of its node exporter reads it. */
export function prometheusText(samples: readonly Sample[]): string {
  const names = Object.keys(metricDefinitions) as MetricName[]
  const blocks = names.flatMap((name) => {
    const own = samples.filter(({ metric }) => metric === name)
    if (own.length === 0) return []
    const lines = own.map(({ labels, value }) => `${name}{${labelText(labels)}} ${value}`)
    return [`# HELP ${name} ${escaped(metricDefinitions[name].means)}`, `# TYPE ${name} gauge`, ...lines]
  })
  return `${blocks.join('\n')}\n`
}

const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`)
    .join(',')

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
