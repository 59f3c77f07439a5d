import CLaunch
import PortrunBase

extension Launcher {
    /// Replaces this process by the first of `candidates` that can be executed, with the very arguments and
    /// environment that it was given itself.
    ///
    /// For a process that has changed nothing about its signals.
    /// - Returns: the errno value of the failure.
    package static func replaceUnchanged(by candidates: [[UInt8]]) -> Int32 {
        let count = ProcessArguments.count
        let scriptArguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: count + 2)
        scriptArguments.update(repeating: nil, count: count + 2)
        scriptArguments[0] = strdup("/bin/sh")
        for index in 1..<max(count, 1) { scriptArguments[index + 1] = ProcessArguments.vector[index] }
        let files = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: candidates.count + 1)
        for (index, candidate) in candidates.enumerated() {
            (files + index).initialize(to: candidate.withCString { strdup($0) })
        }
        (files + candidates.count).initialize(to: nil)
        defer {
            free(scriptArguments[0])
            for index in candidates.indices { free(files[index]) }
            scriptArguments.deallocate()
            files.deallocate()
        }
        var image = portrun_image()
        image.candidates = files
        image.arguments = ProcessArguments.vector
        image.script_arguments = scriptArguments
        image.environment = ProcessArguments.environment
        return portrun_exec(&image)
    }
}
