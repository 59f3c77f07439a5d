import TestSupport
import Testing

@testable import PortrunBase

@Suite(.timeLimit(.minutes(30)))
struct ContextNamingTests {
    @Test(arguments: [
        ("demo", "demo", ""), ("myapp/feature", "myapp", "feature"), ("a/b/c", "a", "b/c"),
        ("größe 🚀", "größe 🚀", ""),
        (String(repeating: "x", count: 255), String(repeating: "x", count: 255), ""),
    ])
    func takesANameAsItIs(_ name: String, app: String, instance: String) throws {
        let sandbox = try GitSandbox()
        let checkout = try sandbox.makeClone("app")
        var request = sandbox.request("app")
        request.name = name
        let context = try ContextResolver.resolve(request)
        #expect(context.identity == name && context.label == name)
        #expect(context.app == app && context.instance == instance)
        #expect(context.path == checkout && context.branch == "main")
        #expect(context.repository == nil && !context.isMain)
    }

    @Test(
        arguments: [
            ("shop", nil, "shop/main"), (nil, "pr/42", "myapp/pr-42"), ("my shop", "x", "my-shop/x"),
        ] as [(String?, String?, String)])
    func replacesParts(app: String?, instance: String?, label: String) throws {
        let sandbox = try GitSandbox()
        try sandbox.makeClone("app")
        var request = sandbox.request("app")
        request.app = app
        request.instance = instance
        let context = try ContextResolver.resolve(request)
        #expect(context.label == label)
        // A label that says less than the names is no identity: others have it, too.
        #expect((context.identity == label) == (app != "my shop" && instance != "pr/42"))
        #expect("\(context.app)/\(context.instance)" == label)
    }

    @Test(arguments: [
        ("", ContextName.Problem.empty), ("  ", .empty), ("a\nb", .unprintable), ("a\u{7F}", .unprintable),
        ("\u{1B}[31m", .unprintable), ("\u{2028}", .unprintable),
        (String(repeating: "é", count: 128), .tooLong),
    ])
    func rejects(_ name: String, problem: ContextName.Problem) {
        #expect(throws: ContextError.invalidName(option: "--context", name: name, problem: problem)) {
            try ContextName(name, option: "--context")
        }
    }

    @Test func rejectsANameBesideParts() throws {
        let request = ContextRequest(
            workingDirectory: "/", home: nil, environment: Environment(), name: "demo", app: "shop")
        let error = #expect(throws: ContextError.self) { try ContextResolver.resolve(request) }
        #expect(error?.message == "`--context demo` does not go with `--app` or `--instance`")
        #expect(error?.exitStatus == 64)
    }
}
