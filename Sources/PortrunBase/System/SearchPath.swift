/// The folders that programs are looked up in, byte for byte.
package struct SearchPath: Sendable, Equatable {
    /// In order; an empty one is the working directory.
    package private(set) var folders: [ArraySlice<UInt8>]

    private static let separator = UInt8(ascii: ":")
    private static let slash = UInt8(ascii: "/")

    /// The first `PATH` of `environment`; without any the system's default, as execvp(3) has it.
    package init(_ environment: Environment) {
        self.init(environment.bytes(of: "PATH") ?? Array("/bin:/usr/bin".utf8)[...])
    }

    /// - Parameter text: folders with colons between them.
    package init(_ text: ArraySlice<UInt8>) {
        folders = []
        var rest = text
        while let end = rest.firstIndex(of: Self.separator) {
            folders.append(rest[..<end])
            rest = rest[(end + 1)...]
        }
        folders.append(rest)
    }

    /// The folders with colons between them.
    package var text: [UInt8] {
        var text: [UInt8] = []
        for (index, folder) in folders.enumerated() {
            if index > 0 { text.append(Self.separator) }
            text += folder
        }
        return text
    }

    /// The files that execvp(3) would try for the program called `name`, in order.
    ///
    /// A name with a slash is itself; an empty one is nothing.
    package func candidates(for name: [UInt8]) -> [[UInt8]] {
        if name.isEmpty { return [] }
        if name.contains(Self.slash) { return [name] }
        return folders.map { Self.file(name, in: $0) }
    }

    /// Likewise, in the folders behind the last one in which `isLeftBehind` is true of the file with that name.
    package func candidates(for name: [UInt8], behind isLeftBehind: ([UInt8]) -> Bool) -> [[UInt8]] {
        let files = folders.map { Self.file(name, in: $0) }
        let last = files.lastIndex(where: isLeftBehind)
        return Array(files[(last.map { $0 + 1 } ?? 0)...])
    }

    /// This one with nothing but absolute folders: in others stands whatever a project calls by a tool's name.
    package var absolute: SearchPath {
        var path = self
        path.folders.removeAll { $0.first != Self.slash }
        return path
    }

    /// This one with `folder` in front of it.
    package func prefixed(by folder: String) -> SearchPath {
        var path = self
        path.folders.insert(Array(folder.utf8)[...], at: 0)
        return path
    }

    /// This one without `folder`, wherever it stands; itself when nothing would be left.
    package func without(_ folder: String) -> SearchPath {
        var path = self
        path.folders.removeAll { $0.elementsEqual(folder.utf8) }
        return path.folders.isEmpty ? self : path
    }

    private static func file(_ name: [UInt8], in folder: ArraySlice<UInt8>) -> [UInt8] {
        folder.isEmpty ? name : Array(folder) + [slash] + name
    }
}
