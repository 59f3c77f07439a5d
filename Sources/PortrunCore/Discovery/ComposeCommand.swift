package struct ComposeCommand {
    package var files: [String] = []
    package var profiles: [String] = []
    package var envFiles: [String] = []
    package var projectDirectory: String?
    package var projectName: String?
    package init?(_ words: [String]) { return nil }
}
