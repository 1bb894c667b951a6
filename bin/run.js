#!/usr/bin/env node
import { load } from './load.cjs'

await load('main').start(import.meta.url)
