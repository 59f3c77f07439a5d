#ifndef PORTRUN_MESSAGE_H
#define PORTRUN_MESSAGE_H

#include "answer.h"

// Finds the answer to sendto, sendmsg and sendmmsg. An address cannot be changed in the memory of a program, which may
// use it again, so what goes to one that is translated is copied and sent from here.
struct portrun_answer portrun_answer_message(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request);

#endif
