#ifndef CHARNESS_H
#define CHARNESS_H

#include <sys/types.h>

// What Swift cannot call on Linux, since its view of glibc lacks the extensions. All return 0 or an errno.

// Starts `path` in `directory` with the three descriptors as 0, 1 and 2, an empty signal mask and default
// dispositions: posix_spawn(3). Nothing else of this process is inherited.
int harness_spawn(const char *directory, char *const arguments[], char *const environment[],
    const int descriptors[3], pid_t *pid);

// A pipe whose ends no other program inherits.
int harness_pipe(int ends[2]);

// A new terminal: its master, close-on-exec, and the path of its slave.
int harness_open_terminal(int *master, char *path, size_t size);

#endif
