import PortrunBase

/// Standard input, output and error of this process.
package enum StandardDescriptors {
    /// Occupies those of 0, 1 and 2 that came closed, so that no file opened later can land there.
    ///
    /// Otherwise the registry could become descriptor 2 and a message end up in it. The command still finds them
    /// closed, since what is put here is close-on-exec. To write to what is put here is an error, as it was.
    package static func fillHoles() {
        while true {
            var descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            // In a root folder without /dev a folder serves too.
            if descriptor < 0 { descriptor = open("/", O_RDONLY | O_CLOEXEC) }
            guard (STDIN_FILENO...STDERR_FILENO).contains(descriptor) else {
                if descriptor >= 0 { close(descriptor) }
                return
            }
        }
    }
}
