import CProcess

/// argv of this process.
package enum ProcessArguments {
    package static var count: Int { Int(portrun_argument_count()) }

    /// argv as the kernel gave it, byte for byte, with a null pointer at the end; `words` repairs what is not UTF-8.
    package static var vector: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> { portrun_arguments() }

    /// environ(7), with a null pointer at the end; byte for byte.
    package static var environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> { portrun_environment() }

    /// The words behind the program's name.
    package static var words: [String] {
        var words: [String] = []
        for index in 1..<max(count, 1) {
            if let word = vector[index] { words.append(String(cString: word)) }
        }
        return words
    }

    /// Readies what a launch does without: to be called before ArgumentParser or Foundation is used.
    package static func completeStart() { portrun_run_late_constructors() }
}
