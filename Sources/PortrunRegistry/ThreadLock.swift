import PortrunBase

/// Lets one thread at a time do something.
final class ThreadLock {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    init() {
        mutex = .allocate(capacity: 1)
        var attributes = pthread_mutexattr_t()
        pthread_mutexattr_init(&attributes)
        // With it, a thread is told that it has the lock already, and does not wait for itself.
        pthread_mutexattr_settype(&attributes, CInt(PTHREAD_MUTEX_ERRORCHECK))
        pthread_mutex_init(mutex, &attributes)
        pthread_mutexattr_destroy(&attributes)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Takes the lock when no other thread has it; false when this one has it.
    func take() -> Bool { pthread_mutex_lock(mutex) != EDEADLK }

    func give() { pthread_mutex_unlock(mutex) }
}
