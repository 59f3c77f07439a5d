import TestSupport
import Testing

@testable import PortrunBase

/// One look at a project reads each file once, nothing that is no file, and no more than its limits allow.
struct LookTests {
    let folder: TemporaryFolder
    let look = Look()

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    @Test func aFileOfManyNamesIsOpenedOnce() throws {
        try folder.write(String(repeating: "a", count: 1 << 20), to: "file")
        for number in 0..<100 { symlink("file", path("link\(number)")) }
        let content = try look.read(path("file"))
        // Of another opening this would be the content.
        truncate(path("file"), 0)
        for number in 0..<100 { #expect(try look.read(path("link\(number)")) == content) }
        #expect(look.end == nil)
        #expect(look.files.count == 101)
        #expect(look.files.first?.path == path("file"))
    }

    @Test(arguments: ["folder", "fifo", "device", "socket"])
    func whatIsNoFileIsNotOpened(_ kind: String) throws {
        let path = path(kind)
        switch kind {
        case "folder": mkdir(path, 0o700)
        case "fifo": mkfifo(path, 0o600)
        case "device": symlink("/dev/zero", path)
        default:
            let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(socket) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            let size = socklen_t(MemoryLayout<sockaddr_un>.size)
            let isBound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) == 0 }
            }
            try #require(isBound)
        }
        #expect(throws: FileError.notAFile(path: path)) { try look.read(path) }
        #expect(look.files.isEmpty)
    }

    #if os(Linux)
        @Test(arguments: ["/proc/self/environ", "/proc/self/mem", "/sys/kernel/mm/transparent_hugepage/enabled"])
        func whatTheKernelMakesUpIsNotRead(_ file: String) throws {
            try #require(FileSystem.kind(of: file) == .file)
            symlink(file, path("link"))
            #expect(throws: FileError.notAFile(path: path("link"))) { try look.read(path("link")) }
        }
    #endif

    @Test func anEmptyFileIsRead() throws {
        try folder.write("", to: "empty")
        #expect(try look.read(path("empty")) == [])
    }

    @Test func aFileThatIsMissingSaysSo() {
        #expect(throws: FileError.failed(path: path("none"), code: ENOENT)) { try look.read(path("none")) }
        #expect(look.end == nil)
    }

    @Test func allFilesTogetherAreLimited() throws {
        for number in 0..<9 { try folder.write(String(repeating: "a", count: 1 << 20), to: "\(number)") }
        for number in 0..<8 { _ = try look.read(path("\(number)")) }
        #expect(throws: FileError.leftOut(path: path("8"))) { try look.read(path("8")) }
        #expect(look.end?.path == path("8") && look.end?.cause == .resource(.bytes, limit: 8 << 20))
        #expect(look.end?.message == "more than 8 MiB in 9 files of this project")
        // Nor is anything else.
        #expect(throws: FileError.leftOut(path: path("0"))) { try look.read(path("0")) }
        #expect(look.names(in: folder.path, for: path("0")) == nil)
        #expect(!look.spend(1, of: .values, in: path("0")))
        #expect(look.end?.path == path("8"))
    }

    @Test(arguments: [
        LookResource.files, .bytes, .values, .services, .variables, .commands, .servers, .ports, .names,
    ])
    func eachResourceEnds(_ resource: LookResource) {
        let limit = LookLimits.ofCommand[resource]
        #expect(look.spend(limit, of: resource, in: "/a"))
        #expect(!look.spend(1, of: resource, in: "/b"))
        let end = LookEnd(path: "/b", cause: .resource(resource, limit: limit))
        #expect(look.end == end)
        #expect(!Look().spend(.max, of: resource, in: "/a"))
    }

    @Test func aPromptIsGivenUpSoon() {
        let look = Look(.ofPrompt)
        let start = ProcessorClock.nanoseconds()
        while look.goesOn(after: 1, in: "/a") {}
        let taken = ProcessorClock.nanoseconds() - start
        #expect(look.end == LookEnd(path: "/a", cause: .time(milliseconds: 100)))
        #expect((100_000_000..<300_000_000).contains(taken))
    }

    @Test func theEndIsToldInOneLine() {
        let end = LookEnd(path: "/a/b.yaml", cause: .resource(.values, limit: 100_000))
        #expect(
            end.warning(relativeTo: "/a").text
                == "b.yaml: more than 100000 values, with aliases and bases written out in this project: "
                + "the rest of its compose files, env files and scripts is left out")
    }

    @Test func theValuesOfJSONCount() throws {
        try folder.write("[" + String(repeating: "[],", count: 200_000) + "0]", to: "a.json")
        try folder.write("[[], 1]", to: "b.json")
        #expect(try JSONParser.value(at: path("b.json"), look) == .array([.array([]), .integer(1)]))
        #expect(try JSONParser.value(at: path("a.json"), look) == nil)
        #expect(look.end?.path == path("a.json"))
    }
}
