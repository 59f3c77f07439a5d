"""Messages as sendmsg(2) and sendmmsg(2) take them, for calls that Python would not let through."""

import ctypes


class Piece(ctypes.Structure):
    _fields_ = [("start", ctypes.c_char_p), ("size", ctypes.c_size_t)]


class Header(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p), ("name_size", ctypes.c_uint32), ("pieces", ctypes.POINTER(Piece)),
        ("piece_count", ctypes.c_size_t), ("control", ctypes.c_void_p), ("control_size", ctypes.c_size_t),
        ("flags", ctypes.c_int), ("padding", ctypes.c_int), ("sent", ctypes.c_uint32), ("end", ctypes.c_uint32),
    ]
