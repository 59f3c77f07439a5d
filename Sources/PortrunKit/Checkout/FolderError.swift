import PortrunBase

/// A client has named no folder.
package struct FolderError: ReportableError {
    let path: String
    /// The errno value.
    let code: Int32

    package var message: String { "cannot enter `\(path)`: \(String(cString: strerror(code)))" }
    package var hint: String? {
        "give the absolute path of a folder that exists; `list` has the `path` of each known checkout"
    }
    package var exitStatus: Int32 { 64 }
}
