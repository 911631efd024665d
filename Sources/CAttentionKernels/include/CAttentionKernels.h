/// What the attention kernels need and Swift cannot say: one struct that two builds of the same
/// Swift sources share, a prefetch, an atomic counter, and what the processor can do.
#ifndef HEADROOM_CATTENTIONKERNELS_H
#define HEADROOM_CATTENTIONKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// One K/V head's keys and values over a run of tokens, the query rows that read them, and where
/// their partial result goes. Here, since two Swift modules would define two types of the name.
///
///     score  = scale * queries * keysᵀ             [rows, tokens]
///     maxima = max(score), sums = Σ exp(score - maxima)        [rows]
///     outputs = exp(score - maxima) * values       [rows, valueWidth]
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

/// Asks for a cache line that is read soon: the processor's own prefetching stops at each page.
static inline void prefetchLine(const void *address) { __builtin_prefetch(address, 0, 3); }

/// The counter's value before one is added. Swift's own atomics need a newer macOS than ours.
static inline int64_t fetchAndIncrement(int64_t *counter) {
    return __atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
}

/// Whether the kernels built for x86-64-v3 (AVX2, FMA) run here; asks the processor by `cpuid`.
int processorHasAVX2(void);

#endif
