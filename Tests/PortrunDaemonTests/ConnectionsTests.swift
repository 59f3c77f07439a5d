import PortrunBase
import Testing

@testable import PortrunDaemon

struct ConnectionsTests {
    private let trims = Tick()

    private func connections(_ descriptors: Int) -> Connections {
        Connections(descriptors: descriptors) { [trims] in trims.advance() }
    }

    @Test(arguments: [(256, 192), (1024, 768), (1_048_576, 786_432), (20, 1)])
    func leaveDescriptorsForTheSocket(_ descriptors: Int, most: Int) {
        #expect(connections(descriptors).most == most)
    }

    @Test func throughAddressesHaveALimit() {
        let connections = connections(256)
        for _ in 0..<192 { #expect(connections.enter(throughAddress: true, isServed: true) == .welcome) }
        #expect(connections.enter(throughAddress: true, isServed: true) == .tooMany)
        #expect(connections.enter(throughAddress: false, isServed: true) == .welcome)
        for _ in 0..<2 { connections.leave(throughAddress: true, isServed: true) }
        #expect(connections.enter(throughAddress: true, isServed: true) == .welcome)
    }

    @Test func ofOthersAreFew() {
        let connections = connections(1024)
        for _ in 0..<Connections.mostStrangers {
            #expect(connections.enter(throughAddress: true, isServed: false) == .stranger)
        }
        #expect(connections.enter(throughAddress: true, isServed: false) == .tooMany)
        #expect(connections.enter(throughAddress: true, isServed: true) == .welcome)
    }

    /// Once, when most of a crowd has gone; a few that come and go are nothing.
    @Test func giveMemoryBackAfterACrowd() {
        let connections = connections(4096)
        for _ in 0..<10 { _ = connections.enter(throughAddress: true, isServed: true) }
        for _ in 0..<10 { connections.leave(throughAddress: true, isServed: true) }
        #expect(trims.now == 0)
        for _ in 0..<400 { _ = connections.enter(throughAddress: true, isServed: true) }
        for _ in 0..<299 { connections.leave(throughAddress: true, isServed: true) }
        #expect(trims.now == 0)
        connections.leave(throughAddress: true, isServed: true)
        #expect(trims.now == 1)
    }
}
