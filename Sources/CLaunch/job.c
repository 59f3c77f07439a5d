#ifdef __linux__
// getsid(2)
#define _GNU_SOURCE

#include "job.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static pid_t parent_of(pid_t pid) {
    char path[64];
    int parent = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    if (file == NULL) return 0;
    // The name may hold anything but ends with the last parenthesis; no field behind it has one.
    char line[512] = "";
    const char *end = fgets(line, sizeof line, file) == NULL ? NULL : strrchr(line, ')');
    fclose(file);
    return end != NULL && sscanf(end, ") %*c %d", &parent) == 1 ? parent : 0;
}

bool portrun_is_job(void) {
    pid_t group = getpgrp(), session = getsid(0);
    for (pid_t parent = getppid(); parent > 0 && getsid(parent) == session; parent = parent_of(parent)) {
        if (getpgid(parent) != group) return true;
    }
    return false;
}
#endif
