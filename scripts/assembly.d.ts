import type { Plugin as EsbuildPlugin } from 'esbuild'
import type { Plugin } from 'vitest/config'

export declare const assembly: EsbuildPlugin
export declare const assemblyInTests: Plugin
