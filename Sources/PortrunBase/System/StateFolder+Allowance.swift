extension StateFolder {
    /// The file with the user's word on the checkout in `folder`; there is none where nobody has allowed or denied it.
    ///
    /// The hook of a shell looks whether it has changed, before each prompt.
    package func allowance(ofCheckoutIn folder: String) -> String {
        file(String(SHA256.hexadecimal(of: Array(folder.utf8)).prefix(32)), of: .allowed)
    }

    /// Has the hooks of the shells in the checkouts in `folders` look anew at their next prompt.
    ///
    /// - Returns: when the files look to have been written, by a clock that is finer than the one of the file system, which
    ///   counts in steps of milliseconds.
    package func wakeHooks(ofCheckoutsIn folders: [String]) -> timespec {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        for folder in folders { FileSystem.touch(allowance(ofCheckoutIn: folder), at: now) }
        return now
    }
}
