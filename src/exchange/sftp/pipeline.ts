/** Bytes of one request: small ones spread a small file over many requests, large ones cost less for each byte; OpenSSH takes 255 KB. */
export const chunkSize = (fileSize: number): number => (fileSize <= 2 * 1024 * 1024 ? 32 : 255) * 1024

/** Requests under way at once, so that a long round trip costs little; at most 4 MB of memory a transfer. */
export const inFlight = (chunk: number): number => (chunk <= 32 * 1024 ? 64 : 16)
