// O_PATH, O_TMPFILE, pipe2
#define _GNU_SOURCE

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

// A second name may be one that another user has made for a file of root's: link(2).
static bool is_just_made(const struct stat *status) {
    return status->st_uid == 0 && (S_ISDIR(status->st_mode) || (S_ISLNK(status->st_mode) && status->st_nlink == 1));
}

void portrun_give_to(const char *path, uid_t owner, gid_t group) {
#ifdef __linux__
    int descriptor = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
#else
    int descriptor = open(path, O_RDONLY | O_SYMLINK | O_CLOEXEC);
#endif
    if (descriptor < 0) return;
    struct stat status;
    if (fstat(descriptor, &status) == 0 && is_just_made(&status)) {
        // What the owner of the folder cannot have, root keeps.
#ifdef __linux__
        int result = fchownat(descriptor, "", owner, group, AT_EMPTY_PATH);
#else
        int result = fchown(descriptor, owner, group);
#endif
        (void)result;
    }
    close(descriptor);
}

#ifdef __linux__
int portrun_open_unnamed(const char *folder, mode_t mode) {
    return open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
}

bool portrun_give_name(int descriptor, const char *path) {
    // As open(2) says under O_TMPFILE: by its descriptor alone only root may.
    char name[32];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    return linkat(AT_FDCWD, name, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}
#else
int portrun_open_unnamed(const char *folder, mode_t mode) {
    (void)folder;
    (void)mode;
    errno = ENOTSUP;
    return -1;
}

bool portrun_give_name(int descriptor, const char *path) {
    (void)descriptor;
    (void)path;
    errno = ENOTSUP;
    return false;
}
#endif

bool portrun_make_pipe(int ends[2]) {
#ifdef __linux__
    return pipe2(ends, O_CLOEXEC) == 0;
#else
    // There it cannot be done at once.
    if (pipe(ends) != 0) return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
#endif
}
