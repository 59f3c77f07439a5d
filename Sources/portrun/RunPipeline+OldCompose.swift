import PortrunBase
import PortrunCompose
import PortrunRegistry

extension RunPipeline {
    /// An override file and the command that was given it.
    struct Remap {
        let override: ComposeOverride
        /// Of the file, without a suffix.
        let name: String
        /// The command's words without the file.
        let arguments: [[UInt8]]
    }

    /// The command as the compose that is installed understands it.
    ///
    /// One that does not know `!override` would publish the old ports beside the new ones: it gets the project's whole
    /// configuration in place of its files.
    func understood(_ started: Started, _ launch: Launch, _ workplace: Workplace) throws(RemapError) -> Command {
        guard let remap = started.remap, remap.override.needsOverrideTag, let compose = launch.compose,
            let project = launch.project,
            let version = try compose.versionWithoutOverride(
                program: started.command.candidates, environment: workplace.userEnvironment,
                state: StateFolder(workplace.location.folder))
        else { return started.command }
        var command = started.command
        command.arguments = remap.arguments
        return try compose.replaceFiles(
            of: command, by: project, changedBy: remap.override, version: version,
            owner: started.context.fileOwner,
            savedAt: remap.override.path(as: remap.name + "-whole", in: StateFolder(workplace.location.folder)))
    }
}
