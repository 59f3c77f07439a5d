import Testing

@testable import PortrunBase
@testable import PortrunLaunch

struct ChildStatusTests {
    @Test("The words of waitpid are told apart")
    func reads() {
        #expect(ChildStatus(0) == .ended(.exited(0)))
        #expect(ChildStatus(255 << 8) == .ended(.exited(255)))
        #expect(ChildStatus(SIGTERM) == .ended(.signalled(SIGTERM)))
        #expect(ChildStatus(SIGABRT | 0x80) == .ended(.signalled(SIGABRT)))
        #expect(ChildStatus(SIGTSTP << 8 | 0x7f) == .stopped(SIGTSTP))
    }

    #if os(Linux)
        @Test("A continued child is not a stopped one")
        func readsContinued() {
            #expect(ChildStatus(0xffff) == .continued)
        }
    #endif
}
