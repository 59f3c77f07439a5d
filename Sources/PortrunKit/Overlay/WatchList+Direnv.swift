import PortrunBase

extension WatchList {
    /// For `.envrc`: direnv loads it anew when one of the files changes.
    ///
    /// The words are nothing where they are not direnv's, as in a script that `.envrc` runs.
    package var direnvText: String {
        var text = "if command -v watch_file >/dev/null; then watch_file"
        for file in files { text += " \(ExportFormat.shellQuoted(file))" }
        return text + "; fi\n"
    }
}
