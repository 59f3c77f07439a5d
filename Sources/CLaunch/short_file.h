#ifndef PORTRUN_SHORT_FILE_H
#define PORTRUN_SHORT_FILE_H

#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

// The start of a file of /proc as a string, as far as there is room; false when it cannot be read.
static inline bool portrun_read_short_file(const char *path, char *text, size_t size) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t count = read(file, text, size - 1);
    close(file);
    text[count > 0 ? count : 0] = '\0';
    return count > 0;
}

#endif
