#!/usr/bin/env node
/** The command `sandbox-cdk`; all of it is in lib/cli. */
import { start } from '../lib/cli/start';

start();

export {};
