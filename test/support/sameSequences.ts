// Property tests draw the same sequences in every run, so that a change is judged by what it does; SEED=n draws others.

import { configureGlobal, readConfigureGlobal } from "fast-check";

configureGlobal({ ...readConfigureGlobal(), seed: Number(process.env.SEED ?? 20_261_122) });
