import PortrunBase

/// A thread of its own for what may wait for long: nothing of it runs on a thread that others share.
final class SerialThread: SerialExecutor, @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let isDue: UnsafeMutablePointer<pthread_cond_t>
    // Read and changed under `mutex`.
    private var jobs: [UnownedJob] = []

    /// The thread lasts as long as the process.
    init() {
        mutex = .allocate(capacity: 1)
        isDue = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(isDue, nil)
        SystemThread.start { [self] in work() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pthread_mutex_lock(mutex)
        jobs.append(job)
        pthread_cond_signal(isDue)
        pthread_mutex_unlock(mutex)
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    private func work() {
        while true {
            pthread_mutex_lock(mutex)
            while jobs.isEmpty { pthread_cond_wait(isDue, mutex) }
            let due = jobs
            jobs.removeAll(keepingCapacity: true)
            pthread_mutex_unlock(mutex)
            for job in due { job.runSynchronously(on: asUnownedSerialExecutor()) }
        }
    }
}
