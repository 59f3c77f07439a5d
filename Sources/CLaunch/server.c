#ifdef __linux__
// ppoll(2)
#define _GNU_SOURCE

#include "server.h"

#include "answer.h"
#include "caller.h"
#include "patience.h"
#include "watch.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

// The slots that wait for their answer, in the order in which they came.
static unsigned char queue[portrun_slot_count];
static unsigned queue_start, queue_count;

bool portrun_begin_serving(void) {
    portrun_know_self();
    return portrun_start_clock();
}

static union portrun_slot *free_slot(struct portrun_translation *translation) {
    for (int index = 0; index < portrun_slot_count; index++) {
        union portrun_slot *slot = &translation->shared->slots[index];
        if (slot->notification.id == 0) return slot;
    }
    return NULL;
}

// Until it is received, a call is ended by any signal with a handler, which for bind no program expects; afterwards
// only by one that kills. So all are received before the first is answered.
//
// The listener is looked at before each: RECV waits in spite of O_NONBLOCK, and before Linux 6.11 for ever when nobody
// is left.
static void receive_all(struct portrun_translation *translation, bool is_readable) {
    struct pollfd question = {.fd = translation->listener, .events = POLLIN};
    union portrun_slot *slot;
    while ((slot = free_slot(translation)) != NULL
        && (is_readable || (poll(&question, 1, 0) == 1 && (question.revents & POLLIN) != 0))) {
        is_readable = false;
        // Fails with ENOENT when the call was ended meanwhile.
        if (ioctl(translation->listener, SECCOMP_IOCTL_NOTIF_RECV, slot) != 0) continue;
        queue[(queue_start + queue_count++) % portrun_slot_count] =
            (unsigned char)(slot - translation->shared->slots);
    }
}

static void answer(struct portrun_translation *translation, union portrun_slot *slot, bool is_repeated) {
    struct portrun_answer answer = portrun_find_answer(translation, &slot->notification, is_repeated);
    struct seccomp_notif_resp response = {
        .id = slot->notification.id,
        .val = answer.value,
        .error = answer.error,
        .flags = answer.continues ? SECCOMP_USER_NOTIF_FLAG_CONTINUE : 0};
    bool has_arrived = ioctl(translation->listener, SECCOMP_IOCTL_NOTIF_SEND, &response) == 0;
    if (!has_arrived && errno == ENOENT && answer.cookie != 0) portrun_keep_answer(&answer);
    // RECV wants zeros.
    memset(slot, 0, sizeof *slot);
}

// No more than so many at a time: programs that never cease must not keep this process from all else that it does.
static void answer_waiting(struct portrun_translation *translation, bool is_readable) {
    enum { most = 16 };
    int count = 0;
    do {
        receive_all(translation, is_readable);
        is_readable = false;
        if (queue_count == 0) return;
        union portrun_slot *slot = &translation->shared->slots[queue[queue_start]];
        queue_start = (queue_start + 1) % portrun_slot_count;
        queue_count--;
        answer(translation, slot, false);
    } while (queue_count > 0 && ++count < most);
}

bool portrun_has_waiting(void) { return queue_count > 0; }

bool portrun_answer_polled(struct portrun_translation *translation, const struct pollfd *answer) {
    if ((answer->revents & POLLIN) != 0 || queue_count > 0) {
        answer_waiting(translation, (answer->revents & POLLIN) != 0);
    } else if (answer->revents != 0) {
        close(translation->listener);
        translation->listener = -1;
    }
    return translation->listener >= 0;
}

void portrun_answer_left(struct portrun_translation *translation) {
    for (int index = 0; index < portrun_slot_count; index++) {
        union portrun_slot *slot = &translation->shared->slots[index];
        if (slot->notification.id != 0) answer(translation, slot, true);
    }
}

void portrun_serve(struct portrun_translation *translation, const sigset_t *signals, int64_t limit) {
    static int signal_descriptor = -1;
    if (signal_descriptor < 0) signal_descriptor = signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
    struct timespec rest = {limit / 1000000000, limit % 1000000000}, none = {0, 0};
    while (true) {
        struct pollfd questions[] = {
            {.fd = signal_descriptor, .events = POLLIN},
            {.fd = translation->listener, .events = POLLIN},
            {.fd = translation->peer},
        };
        // What a signal makes of the rest of the time is for the caller.
        bool has_waiting = portrun_has_waiting();
        int found = ppoll(questions, 3, has_waiting ? &none : limit < 0 ? NULL : &rest, NULL);
        if (found < 0 || (found == 0 && !has_waiting)) return;
        if (portrun_answer_polled(translation, &questions[1]) && questions[2].revents != 0) {
            portrun_find_successor(translation);
        }
        if (questions[0].revents != 0 || limit >= 0) return;
    }
}
#endif
