import Testing

@testable import PortrunBase
@testable import PortrunLaunch

struct LaunchErrorTests {
    static let table: [(code: Int32, name: String, status: Int32, message: String)] = [
        (ENOENT, "nope", 127, "`nope`: command not found"),
        (ENOENT, "./nope", 127, "`./nope`: no such file or directory"),
        (EACCES, "./x", 126, "`./x`: permission denied"),
        (E2BIG, "x", 126, "`x`: argument list too long"),
        (ENOEXEC, "x", 126, "`x`: exec format error"),
    ]

    @Test("The errno of exec decides the status, as under env", arguments: table)
    func reports(_ row: (code: Int32, name: String, status: Int32, message: String)) {
        let command = Command(arguments: [Array(row.name.utf8)], environment: Environment())
        let error = LaunchError(command: command, code: row.code)
        #expect(error.exitStatus == row.status)
        #expect(error.message == row.message)
    }
}
