import PortrunBase
import PortrunCompose

/// The files that decide what `export` prints: when one changes, is made or goes, it is to be asked again.
package struct WatchList: Sendable, Equatable {
    /// Absolute; some need not exist.
    package let files: [String]

    /// - Parameters:
    ///   - context: of the folder that is exported for.
    ///   - project: the compose project found from there.
    ///   - further: files that count as well; absolute.
    package init(
        _ context: Context, _ project: ComposeProject?, workingDirectory: String, environment: Environment,
        and further: [String] = []
    ) {
        var files = further
        if context.repository != nil,
            let location = try? GitLocation.find(from: workingDirectory, environment: environment)
        {
            files.append("\(location.gitDirectory)/HEAD")
        }
        let directory = project?.directory ?? workingDirectory
        let found = (project?.files ?? []) + (project?.sources ?? [])
        // Which further files compose takes by itself depends on what there is.
        let names = found.isEmpty ? ComposeLocator.fileNames : ComposeLocator.overrideNames
        for file in found + (names + [".env"]).map({ Path.absolute($0, in: directory) })
        where file != "-" && !files.contains(file) {
            files.append(file)
        }
        self.files = files
    }
}
