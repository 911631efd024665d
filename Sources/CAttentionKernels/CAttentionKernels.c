#include "CAttentionKernels.h"

int processorHasAVX2(void) {
#if defined(__x86_64__)
    // What -march=x86-64-v3 lets the compiler use beyond AVX2 comes with it in every processor.
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("f16c");
#else
    return 0;
#endif
}

int processorHasAVX512(void) {
#if defined(__x86_64__)
    return processorHasAVX2() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
    return 0;
#endif
}
