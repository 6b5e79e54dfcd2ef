#pragma once

/// The matrices of winograd.h, which are those of the method of Toom and Cook: a product of
/// polynomials is known from its values at a few points. Each member is one of them, or its
/// transpose, times a vector.

#include "core/kernels/digit_shape.h"
#include "core/kernels/lanes.h"

namespace normscope::NORMSCOPE_ISA {

/// For tiles of kSide x kSide results.
template <int kSide>
struct TileTransforms;

/// Points 0, 1, -1 and infinity:
///
///           1  0 -1  0             1  0
///     B^T = 0  1  1  0         A = 1  1
///           0 -1  1  0             1 -1
///           0  1  0 -1             0 -1
///
template <>
struct TileTransforms<2> {
    /// B^T d
    static void ofInputs(const Lanes (&d)[4], Lanes (&cells)[4]) {
        cells[0] = d[0] - d[2];
        cells[1] = d[1] + d[2];
        cells[2] = d[2] - d[1];
        cells[3] = d[1] - d[3];
    }
    /// A z
    static void ofDeltas(const Lanes (&z)[2], Lanes (&cells)[4]) {
        cells[0] = z[0];
        cells[1] = z[0] + z[1];
        cells[2] = z[0] - z[1];
        cells[3] = -z[1];
    }
    /// A^T m
    static void toResults(const Lanes (&m)[4], Lanes (&y)[2]) {
        y[0] = m[0] + (m[1] + m[2]);
        y[1] = (m[1] - m[2]) - m[3];
    }
    /// B m
    static void toInputGradients(const Lanes (&m)[4], Lanes (&d)[4]) {
        d[0] = m[0];
        d[1] = (m[1] - m[2]) + m[3];
        d[2] = (m[1] + m[2]) - m[0];
        d[3] = -m[3];
    }
    /// G^T m
    static void toWeightGradients(const Lanes (&m)[4], Lanes (&g)[3]) {
        g[0] = m[0] + 0.5F * (m[1] + m[2]);
        g[1] = 0.5F * (m[1] - m[2]);
        g[2] = m[3] + 0.5F * (m[1] + m[2]);
    }
};

/// Points 0, p, -p, q, -q and infinity, with p = 3/4 and q = 3/2: of the simple fractions, those
/// whose rounding errors are least, half of those of 1 and 2.
///
///           p^2 q^2  0        -p^2-q^2  0        1  0         1  0  0    0
///           0        -p q^2   -q^2      p        1  0         1  p  p^2  p^3
///     B^T = 0        p q^2    -q^2      -p       1  0     A = 1 -p  p^2 -p^3
///           0        -q p^2   -p^2      q        1  0         1  q  q^2  q^3
///           0        q p^2    -p^2      -q       1  0         1 -q  q^2 -q^3
///           0        p^2 q^2  0        -p^2-q^2  0  1         0  0  0    1
///
template <>
struct TileTransforms<4> {
    static constexpr auto kP = static_cast<float>(kernels::kNearPoint);
    static constexpr auto kQ = static_cast<float>(kernels::kFarPoint);
    static constexpr float kP2 = kP * kP;
    static constexpr float kQ2 = kQ * kQ;

    /// B^T d
    static void ofInputs(const Lanes (&d)[6], Lanes (&cells)[6]) {
        const Lanes evenP = d[4] - kQ2 * d[2];
        const Lanes oddP = d[3] - kQ2 * d[1];
        const Lanes evenQ = d[4] - kP2 * d[2];
        const Lanes oddQ = d[3] - kP2 * d[1];
        cells[0] = kP2 * kQ2 * d[0] + (d[4] - (kP2 + kQ2) * d[2]);
        cells[1] = evenP + kP * oddP;
        cells[2] = evenP - kP * oddP;
        cells[3] = evenQ + kQ * oddQ;
        cells[4] = evenQ - kQ * oddQ;
        cells[5] = kP2 * kQ2 * d[1] + (d[5] - (kP2 + kQ2) * d[3]);
    }
    /// A z
    static void ofDeltas(const Lanes (&z)[4], Lanes (&cells)[6]) {
        const Lanes evenP = z[0] + kP2 * z[2];
        const Lanes oddP = z[1] + kP2 * z[3];
        const Lanes evenQ = z[0] + kQ2 * z[2];
        const Lanes oddQ = z[1] + kQ2 * z[3];
        cells[0] = z[0];
        cells[1] = evenP + kP * oddP;
        cells[2] = evenP - kP * oddP;
        cells[3] = evenQ + kQ * oddQ;
        cells[4] = evenQ - kQ * oddQ;
        cells[5] = z[3];
    }
    /// A^T m
    static void toResults(const Lanes (&m)[6], Lanes (&y)[4]) {
        const Lanes evenP = m[1] + m[2];
        const Lanes oddP = kP * (m[1] - m[2]);
        const Lanes evenQ = m[3] + m[4];
        const Lanes oddQ = kQ * (m[3] - m[4]);
        y[0] = m[0] + (evenP + evenQ);
        y[1] = oddP + oddQ;
        y[2] = kP2 * evenP + kQ2 * evenQ;
        y[3] = m[5] + (kP2 * oddP + kQ2 * oddQ);
    }
    /// B m
    static void toInputGradients(const Lanes (&m)[6], Lanes (&d)[6]) {
        const Lanes evenP = m[1] + m[2];
        const Lanes oddP = kP * (m[1] - m[2]);
        const Lanes evenQ = m[3] + m[4];
        const Lanes oddQ = kQ * (m[3] - m[4]);
        d[0] = kP2 * kQ2 * m[0];
        d[1] = kP2 * kQ2 * m[5] - (kQ2 * oddP + kP2 * oddQ);
        d[2] = -(kP2 + kQ2) * m[0] - (kQ2 * evenP + kP2 * evenQ);
        d[3] = (oddP + oddQ) - (kP2 + kQ2) * m[5];
        d[4] = m[0] + (evenP + evenQ);
        d[5] = m[5];
    }
    /// G^T m
    static void toWeightGradients(const Lanes (&m)[6], Lanes (&g)[3]) {
        constexpr auto kZero = static_cast<float>(kernels::weightAtZero());
        constexpr auto kNear = static_cast<float>(kernels::weightAtNear());
        constexpr auto kFar = static_cast<float>(kernels::weightAtFar());
        const Lanes evenP = kNear * (m[1] + m[2]);
        const Lanes evenQ = kFar * (m[3] + m[4]);
        g[0] = kZero * m[0] + (evenP + evenQ);
        g[1] = kNear * kP * (m[1] - m[2]) + kFar * kQ * (m[3] - m[4]);
        g[2] = m[5] + (kP2 * evenP + kQ2 * evenQ);
    }
};

}  // namespace normscope::NORMSCOPE_ISA
