#define _GNU_SOURCE
#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int harness_spawn(const char *directory, char *const arguments[], char *const environment[],
    const int descriptors[3], pid_t *pid) {
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
#ifdef __APPLE__
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, flags);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int number = 0; number < 3; number++) {
        posix_spawn_file_actions_adddup2(&actions, descriptors[number], number);
    }
    posix_spawn_file_actions_addchdir_np(&actions, directory);
    int failure = posix_spawn(pid, arguments[0], &actions, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

int harness_pipe(int ends[2]) {
#ifdef __linux__
    // In one call, since another test may start a program at any moment.
    return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
#else
    // POSIX_SPAWN_CLOEXEC_DEFAULT keeps the ends from programs there.
    return pipe(ends) == 0 ? 0 : errno;
#endif
}

int harness_open_terminal(int *master, char *path, size_t size) {
#ifdef __linux__
    *master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
#else
    *master = posix_openpt(O_RDWR | O_NOCTTY);
#endif
    if (*master < 0 || grantpt(*master) != 0 || unlockpt(*master) != 0) return errno;
#ifdef __linux__
    return ptsname_r(*master, path, size);
#else
    const char *name = ptsname(*master);
    if (name == NULL || strlen(name) >= size) return ENOTTY;
    strcpy(path, name);
    return 0;
#endif
}
