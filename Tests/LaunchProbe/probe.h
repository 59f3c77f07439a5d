#ifndef LAUNCH_PROBE_H
#define LAUNCH_PROBE_H

#include <stdio.h>

// Writes all that a command can inherit to `out`, one fact a line. Descriptor `own` is left out.
void print_facts(FILE *out, int own, const char *name, char **arguments);

// Waits for signals and prints `got N` for each; returns after signal `last`.
void report_signals(int last);

// Sets up this process as the words before `--` say, and execs what follows. Returns a message on failure.
const char *prepare(char **words);

#endif
