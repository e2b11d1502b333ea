//! No size and no keys break the frame.
