// Runs in the page: what a reader with poor sight, a keyboard or a screen reader would find.
const channels = (text) => (text.match(/[\d.]+/g) ?? []).map(Number)
const luminance = ([r = 0, g = 0, b = 0]) => {
  const linear = [r, g, b].map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}
const groundOf = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const ground = channels(getComputedStyle(at).backgroundColor)
    if (ground.length === 3 || ground[3] > 0) return ground
  }
  return [255, 255, 255]
}
const contrast = (element) => {
  const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(groundOf(element))]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}
const texts = [...document.body.querySelectorAll('*')].filter(
  (element) =>
    !element.closest('script,svg') &&
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''),
)
const found = {
  dark: matchMedia('(prefers-color-scheme: dark)').matches,
  poor: texts.filter((element) => contrast(element) < 4.5).map((element) => element.textContent.slice(0, 40)),
  landmarks: ['header', 'nav', 'main', 'footer'].filter((name) => document.querySelectorAll(name).length === 1),
  headings: [...document.querySelectorAll('h1,h2,h3')].map(({ tagName }) => tagName),
  withoutCaption: [...document.querySelectorAll('table')].filter((table) => !table.caption?.textContent).length,
  withoutName: document.querySelectorAll(
    'svg:not([aria-label]),[role=region]:not([aria-label]),section:not([aria-labelledby]),nav:not([aria-label])',
  ).length,
  firstFocus: document.querySelector('a[href],button,[tabindex="0"],summary')?.textContent,
  images: document.images.length,
}
const said = document.createElement('pre')
said.id = 'probe'
said.textContent = JSON.stringify(found)
document.body.append(said)
