extension Context {
    /// The owner that is named at the start of the files written for this context.
    package var fileOwner: FileOwner { FileOwner(context: hash, folder: path) }
}
