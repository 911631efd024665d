/// What the attention kernels need and Swift cannot say: one struct that two builds of the same
/// Swift sources share, prefetches, vectors whose numbers change places, and what the processor
/// can do.
#ifndef HEADROOM_CATTENTIONKERNELS_H
#define HEADROOM_CATTENTIONKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// One K/V head's keys and values over a run of tokens, the query rows that read them, and where
/// their partial result goes. Here, since two Swift modules would define two types of the name.
///
///     score  = scale * queries * keysᵀ             [rows, tokens]
///     maxima = max(score), sums = Σ 2^(score - maxima)         [rows]
///     outputs = 2^(score - maxima) * values        [rows, valueWidth]
///
/// Powers of 2 take fewer steps than powers of e: `scale` holds the factor log2(e) between them.
struct AttentionTile {
    /// [rows] rows of keyWidth numbers, queryStride numbers apart.
    const float *queries;
    ptrdiff_t rows, keyWidth, valueWidth, queryStride;
    float scale;
    /// [tokens] rows of keyWidth and valueWidth numbers, each stride numbers apart.
    const void *keys, *values;
    ptrdiff_t tokens, keyStride, valueStride;
    /// [rows], [rows] and [rows, valueWidth], written.
    float *maxima, *sums, *outputs;
};

/// Asks for a line of memory that is read soon, into the first-level cache or, for later, into the
/// second-level cache.
static inline void prefetchNear(const void *address) { __builtin_prefetch(address, 0, 3); }
static inline void prefetchFar(const void *address) { __builtin_prefetch(address, 0, 2); }

/// Eight numbers; Swift's SIMD8<Float>.
typedef float VectorOf8 __attribute__((ext_vector_type(8)));

/// The eight vectors' sums over lanes, in seven additions. Swift can only name numbers one by one,
/// and its compiler then adds them one by one: that took a third of the time of all scores.
static inline __attribute__((always_inline)) VectorOf8 sumsOverLanes(
    VectorOf8 a, VectorOf8 b, VectorOf8 c, VectorOf8 d, VectorOf8 e, VectorOf8 f, VectorOf8 g,
    VectorOf8 h) {
#define LOW_HALVES(x, y) __builtin_shufflevector(x, y, 0, 1, 2, 3, 8, 9, 10, 11)
#define HIGH_HALVES(x, y) __builtin_shufflevector(x, y, 4, 5, 6, 7, 12, 13, 14, 15)
#define LOW_NUMBERS(x, y) __builtin_shufflevector(x, y, 0, 8, 1, 9, 4, 12, 5, 13)
#define HIGH_NUMBERS(x, y) __builtin_shufflevector(x, y, 2, 10, 3, 11, 6, 14, 7, 15)
#define LOW_PAIRS(x, y) __builtin_shufflevector(x, y, 0, 1, 8, 9, 4, 5, 12, 13)
#define HIGH_PAIRS(x, y) __builtin_shufflevector(x, y, 2, 3, 10, 11, 6, 7, 14, 15)
    VectorOf8 ae = LOW_HALVES(a, e) + HIGH_HALVES(a, e);
    VectorOf8 bf = LOW_HALVES(b, f) + HIGH_HALVES(b, f);
    VectorOf8 cg = LOW_HALVES(c, g) + HIGH_HALVES(c, g);
    VectorOf8 dh = LOW_HALVES(d, h) + HIGH_HALVES(d, h);
    VectorOf8 aebf = LOW_NUMBERS(ae, bf) + HIGH_NUMBERS(ae, bf);
    VectorOf8 cgdh = LOW_NUMBERS(cg, dh) + HIGH_NUMBERS(cg, dh);
    return LOW_PAIRS(aebf, cgdh) + HIGH_PAIRS(aebf, cgdh);
}

#if defined(__AVX512F__)
/// Sixteen numbers; Swift's SIMD16<Float>.
typedef float VectorOf16 __attribute__((ext_vector_type(16)));
typedef unsigned BitsOf16 __attribute__((ext_vector_type(16)));

/// Two neighbouring bfloat16 from any address, each into all lanes. Named as instructions, since
/// what compilers make of them waits: they shift before they spread, in an integer register, or
/// spread as if for a fraction, or multiply the one number before they make the other. That took a
/// tenth to a third of the time.
static inline __attribute__((always_inline)) void spreadBFloat16Pair(
    const void *address, void *even, void *odd) {
    __asm__("vpbroadcastd %2, %1\n\t"
            "vpslld $16, %1, %0\n\t"
            "vpandd %3, %1, %1"
            : "=&v"(*(VectorOf16 *)even), "=&v"(*(VectorOf16 *)odd)
            : "m"(*(const char(*)[4])address), "v"((BitsOf16)0xFFFF0000));
}
#endif

/// Whether the kernels built for x86-64-v3 (AVX2, FMA) run here; asks the processor by `cpuid`.
int processorHasAVX2(void);

/// Whether those built for x86-64-v4 (AVX-512) do too.
int processorHasAVX512(void);

#endif
