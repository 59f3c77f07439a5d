import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

extension ComposeProject {
    /// The project of a folder with `text` for its `compose.yaml`, and an `.env` where one is given.
    static func reading(_ text: String, env: String? = nil) throws -> ComposeProject {
        var files = ["compose.yaml": text]
        files[".env"] = env
        return try withComposeFolder(files) { folder in
            try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
        }
    }

    /// - Parameter booked: by the place of an entry among those of the project.
    func override(
        _ booked: [Int: String] = [:], _ policy: RemapPolicy = RemapPolicy()
    ) -> ComposeOverride? {
        var policy = policy
        policy.envFiles = ServiceEnvFiles(of: self, Look())
        return ComposeOverride(
            of: self, booked: ports.indices.map { booked[$0].flatMap { PortRange($0) } }, policy: policy)
    }
}

extension ComposeOverride {
    /// The file without its comment.
    var body: String { String(text.drop { $0 != "\n" }.dropFirst()) }
}

extension ComposeProject {
    /// As a launch finds them, which has read the env files of services.
    func followingValues(_ booked: [PortRange?]) -> [FollowingValue] {
        followingValues(booked, ServiceEnvFiles(of: self, Look()), Look())
    }
}
