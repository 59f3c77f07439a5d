import TestSupport
import Testing

@testable import PortrunBase

@Suite(.timeLimit(.minutes(30)))
struct ProjectFolderTests {
    @Test(arguments: ProjectFolder.markers)
    func findsTheNearestMarker(_ marker: String) throws {
        let sandbox = try GitSandbox()
        try sandbox.write("home/work/shop/\(marker)", "")
        try sandbox.write("home/work/\(marker)", "")
        try sandbox.makeFolder("home/work/shop/src/deep")
        let context = try sandbox.context(of: "home/work/shop/src/deep")
        #expect(context.path == sandbox.path("home/work/shop"))
        #expect(context.identity == context.path)
        #expect(context.label == "shop" && context.app == "shop" && context.instance == "")
        #expect(context.folder == "src/deep")
        #expect(context.remote == nil && context.branch == nil && !context.isMain)
    }

    @Test(arguments: ["home/package.json", "package.json"])
    func doesNotGoUpToHome(_ marker: String) throws {
        let sandbox = try GitSandbox()
        try sandbox.write(marker, "")
        try sandbox.makeFolder("home/notes/today")
        #expect(try sandbox.context(of: "home/notes/today").path == sandbox.path("home/notes/today"))
        #expect(try sandbox.context(of: "home").path == sandbox.home)
    }

    @Test func knowsHomeThroughALink() throws {
        let sandbox = try GitSandbox()
        try sandbox.write("home/package.json", "")
        try sandbox.makeFolder("home/notes")
        symlink(sandbox.home, sandbox.path("link"))
        var request = sandbox.request("home/notes")
        request.home = sandbox.path("link")
        #expect(try ContextResolver.resolve(request).path == sandbox.path("home/notes"))
    }

    @Test func takesNoFolderForAMarker() throws {
        let sandbox = try GitSandbox()
        try sandbox.makeFolder("home/shop/package.json")
        try sandbox.makeFolder("home/shop/src")
        #expect(try sandbox.context(of: "home/shop/src").path == sandbox.path("home/shop/src"))
    }
}
