#ifndef PORTRUN_UNTRANSLATED_H
#define PORTRUN_UNTRANSLATED_H

#include <sys/socket.h>

// bind(2) and connect(2) that look at the machine as it is. A portrun inside a translated command must not find its
// booked ports in the place of declared ones.
int portrun_bind_untranslated(int socket, const struct sockaddr *address, socklen_t length);
int portrun_connect_untranslated(int socket, const struct sockaddr *address, socklen_t length);

// What says so to the filter of a translated command: a fourth argument, which these calls do not have.
enum { portrun_untranslated_mark = 0x70727431 };

#endif
