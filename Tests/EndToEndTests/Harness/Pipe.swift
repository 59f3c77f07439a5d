import CHarness

/// A pipe whose ends no program inherits by accident, though other tests start programs meanwhile.
struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        let code = harness_pipe(&ends)
        guard code == 0 else { throw HarnessError.system(call: "pipe", code: code) }
        (reading, writing) = (ends[0], ends[1])
    }
}
