export { type MetricDefinition, type MetricName, metricDefinitions, type Sample } from './definitions.js'
export { prometheusText } from './prometheus-text.js'
