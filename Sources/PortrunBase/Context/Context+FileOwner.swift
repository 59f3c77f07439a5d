extension Context {
    /// What files for this context begin with.
    package var fileOwner: FileOwner { FileOwner(context: hash, folder: path) }
}
