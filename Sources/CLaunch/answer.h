#ifndef PORTRUN_ANSWER_H
#define PORTRUN_ANSWER_H

// What a stopped call comes to.

#include "address.h"
#include "request.h"
#include "shared.h"

struct portrun_answer {
    // The kernel is to do the call as it was made.
    bool continues;
    // An errno value with its sign turned; 0 for success.
    int error;
    int64_t value;
    // The socket on which the call was done here; 0 when it was not. If the answer does not arrive, because a signal
    // has ended the call, the call comes again for the same socket, and must not be done twice.
    uint64_t cookie;
};

// Finds the answer, and does the call when it is to be done here.
//
// - is_repeated: another process may have done it before, and died before it could answer.
struct portrun_answer portrun_find_answer(
    struct portrun_translation *translation, const struct seccomp_notif *notification, bool is_repeated);

// Keeps an answer that did not arrive.
void portrun_keep_answer(const struct portrun_answer *answer);

// Takes the answer that is kept for a socket. False when there is none.
bool portrun_take_answer(uint64_t cookie, struct portrun_answer *answer);

// False for a call that is left alone, whatever it is: one on a socket of another network, which has another localhost.
bool portrun_concerns(
    const struct portrun_translation *translation, const struct seccomp_notif *notification, int socket);

// Sends a report to who wants it; false when it has to be sent again later.
bool portrun_send_report(struct portrun_translation *translation, const struct portrun_report *report);

#endif
