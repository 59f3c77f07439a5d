// clone(2)
#define _GNU_SOURCE

#include "gate.h"

#include "call.h"

#include <sched.h>
#include <sys/socket.h>

#ifdef __linux__
#include <sys/auxv.h>
#endif

struct portrun_gate portrun_gate;

static void write_decimal(char *place, long number) {
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) *place++ = digits[--count];
    *place = '\0';
}

// How often a child looks before it sleeps: in about the time that recording a lease takes.
enum { patience = 1000 };

// False when the parent is gone or has given up.
static bool pass_gate(int channel) {
    for (int turn = 0; portrun_gate.is_visible && turn < patience; turn++) {
        if (atomic_load(portrun_gate.is_open)) return true;
        sched_yield();
    }
    char opened;
    long got;
    do {
        got = portrun_read(channel, &opened, 1);
    } while (got == -EINTR);
    return got == 1;
}

static int run_child(void *unused) {
    (void)unused;
    struct portrun_image *image = portrun_gate.image;
    int channel = portrun_gate.ends[1];
    // Else the death of the parent would not close it.
    close(portrun_gate.ends[0]);
    if (portrun_gate.prepare != NULL && !portrun_gate.prepare()) _exit(125);
    if (!pass_gate(channel)) _exit(125);
    if (image->listen_pid != NULL) write_decimal(image->listen_pid, getpid());
    int failure = portrun_exec(image);
    // The write can only fail when the parent is gone, and then nobody is left to tell.
    _exit(portrun_write(channel, &failure, sizeof failure) < 0 ? 125 : 126);
}

// A child in the memory of its parent costs no copy of the page tables, and none of each page that either writes to
// afterwards. It has a stack of its own, calls nothing that allocates or locks, and leaves that memory when it
// executes.
pid_t portrun_start_child(void) {
    bool is_visible = portrun_gate.is_visible;
#ifdef PORTRUN_SHARES_MEMORY
    static _Alignas(16) char stack[16 * 1024];
    // Valgrind, which knows no such children, is recognized by hiding the vDSO from the program.
    if (getauxval(AT_SYSINFO_EHDR) != 0) {
        portrun_gate.is_visible = true;
        pid_t pid = clone(run_child, stack + sizeof stack, CLONE_VM | SIGCHLD, NULL);
        // Some sandboxes refuse it.
        if (pid > 0 || (errno != EINVAL && errno != ENOSYS && errno != EPERM)) return pid;
    }
#endif
    portrun_gate.is_visible = is_visible;
    pid_t pid = fork();
    if (pid == 0) run_child(NULL);
    return pid;
}

bool portrun_make_gate(struct portrun_image *image) {
    static atomic_bool is_open;
    atomic_store(&is_open, false);
    portrun_gate.image = image;
    portrun_gate.is_open = &is_open;
    portrun_gate.is_visible = false;
    portrun_gate.prepare = NULL;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, portrun_gate.ends) != 0) return false;
    // SOCK_CLOEXEC is missing on Darwin; no other thread can fork in between.
    fcntl(portrun_gate.ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(portrun_gate.ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

pid_t portrun_fork(struct portrun_image *image, int *channel) {
    *channel = -1;
    if (!portrun_make_gate(image)) return -1;
    pid_t pid = portrun_start_child();
    int failure = errno;
    close(portrun_gate.ends[1]);
    if (pid < 0) {
        close(portrun_gate.ends[0]);
    } else {
        *channel = portrun_gate.ends[0];
    }
    errno = failure;
    return pid;
}

void portrun_open_gate(int channel) {
    atomic_store(portrun_gate.is_open, true);
    char opened = 1;
    // Fails only when the child is gone, which waiting for it will tell; SIGPIPE is blocked.
    while (write(channel, &opened, 1) < 0 && errno == EINTR) continue;
}
