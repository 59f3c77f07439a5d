#if canImport(Darwin)
    extension SystemThread {
        static func launch(_ work: UnsafeMutableRawPointer) {
            var thread: pthread_t?
            let code = pthread_create(
                &thread, nil,
                { work in
                    SystemThread.run(work)
                    return nil
                }, work)
            // Without its threads the program cannot do what it was started for.
            precondition(code == 0, "no thread can be started: \(String(cString: strerror(code)))")
            if let thread { pthread_detach(thread) }
        }
    }
#endif
