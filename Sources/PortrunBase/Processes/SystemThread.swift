/// Threads of the system's own: pthread_create(3).
package enum SystemThread {
    /// Starts a thread that ends with `body`. It takes no signals: those are for the threads that wait for them.
    package static func start(_ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(body: body)).toOpaque()
        var everything = sigset_t()
        var former = sigset_t()
        sigfillset(&everything)
        pthread_sigmask(SIG_BLOCK, &everything, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        launch(work)
    }

    /// What the thread is to do.
    final class Work: Sendable {
        let body: @Sendable () -> Void
        init(body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs what `start` has wrapped up.
    static func run(_ work: UnsafeMutableRawPointer?) {
        guard let work else { return }
        Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
    }
}
