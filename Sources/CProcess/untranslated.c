// syscall(2)
#define _GNU_SOURCE

#include "untranslated.h"

#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>

int portrun_bind_untranslated(int socket, const struct sockaddr *address, socklen_t length) {
    return (int)syscall(SYS_bind, socket, address, length, portrun_untranslated_mark);
}

int portrun_connect_untranslated(int socket, const struct sockaddr *address, socklen_t length) {
    return (int)syscall(SYS_connect, socket, address, length, portrun_untranslated_mark);
}
#else
int portrun_bind_untranslated(int socket, const struct sockaddr *address, socklen_t length) {
    return bind(socket, address, length);
}

int portrun_connect_untranslated(int socket, const struct sockaddr *address, socklen_t length) {
    return connect(socket, address, length);
}
#endif
