import type { LibraryHandle } from 'koffi';
import { loadKoffi } from './koffi.native';
import type { LapackFunctions } from './system-blas';
import type { FftwFunctions } from './system-fft';

export interface SystemLibraries {
  fftw: FftwFunctions;
  lapack: LapackFunctions;
  description: string;
}

const folders = [
  '',
  '/usr/lib/x86_64-linux-gnu/',
  '/usr/lib/aarch64-linux-gnu/',
  '/usr/lib64/',
  '/usr/local/lib/',
  '/opt/homebrew/lib/',
  '/opt/homebrew/opt/openblas/lib/',
  '/usr/local/opt/openblas/lib/',
];
const names = {
  fftw: ['libfftw3.so.3', 'libfftw3.so', 'libfftw3.3.dylib', 'libfftw3.dylib'],
  fftwThreads: ['libfftw3_threads.so.3', 'libfftw3_threads.so', 'libfftw3_threads.3.dylib', 'libfftw3_threads.dylib'],
  openblas: ['libopenblas.so.0', 'libopenblas.so', 'libopenblas.0.dylib', 'libopenblas.dylib'],
};

/**
 * Libraries stay open as long as the thread lives: a handle that is collected closes its library, and FFTW's planner
 * would go on calling the locks of its threads library.
 */
const opened: LibraryHandle[] = [];
let loading: Promise<SystemLibraries | null> | null = null;

/** FFTW and OpenBLAS as this process finds them, ready for use from several threads; null where either is missing. */
export function loadSystemLibraries(): Promise<SystemLibraries | null> {
  loading ??= findLibraries();
  return loading;
}

async function findLibraries(): Promise<SystemLibraries | null> {
  const koffi = await loadKoffi();
  if (!koffi) return null;
  const open = (library: keyof typeof names): LibraryHandle => {
    const prefix = process.env['CONDA_PREFIX'];
    for (const folder of prefix ? [...folders, `${prefix}/lib/`] : folders) {
      for (const name of names[library]) {
        try {
          const handle = koffi.load(folder + name);
          opened.push(handle);
          return handle;
        } catch {
          // Not there: the next place.
        }
      }
    }
    throw new Error(`${library} is not on this machine`);
  };
  try {
    const fftw = open('fftw');
    // Without it two threads that plan at once corrupt each other, so FFTW without its threads library is not used.
    open('fftwThreads').func('void fftw_make_planner_thread_safe()')();
    const openblas = open('openblas');
    // Parallelism is by k-points, one worker each.
    openblas.func('void openblas_set_num_threads(int count)')(1);
    const fftwVersion = koffi.decode(fftw.symbol('fftw_version', 'char'), 'char', 64) as string;
    const blasVersion = openblas.func('const char* openblas_get_config()')() as string;
    return {
      fftw: bindFftw(fftw),
      lapack: bindLapack(openblas),
      description: `${fftwVersion.split('\0')[0]}; ${blasVersion.trim()}`,
    };
  } catch {
    // A library or one of its functions is absent: there is no system back end.
    return null;
  }
}

function bindFftw(library: LibraryHandle): FftwFunctions {
  return {
    plan: library.func(
      'void* fftw_plan_guru_dft(int rank, void* dims, int loopRank, void* loops, void* in, void* out, int sign, unsigned int flags)',
    ),
    execute: library.func('void fftw_execute_dft(void* plan, void* in, void* out)'),
    alignmentOf: library.func('int fftw_alignment_of(void* data)'),
    destroy: library.func('void fftw_destroy_plan(void* plan)'),
  };
}

function bindLapack(library: LibraryHandle): LapackFunctions {
  return {
    gemm: library.func(
      'void cblas_zgemm(int order, int opA, int opB, int m, int n, int k, const void* alpha, const void* A, int lda, const void* B, int ldb, const void* beta, void* C, int ldc)',
    ),
    // The two last are the lengths of the two strings, which Fortran compilers pass by value.
    heevd: library.func(
      'void zheevd_(const char* job, const char* triangle, void* n, void* A, void* lda, void* values, void* work, void* workLength, void* realWork, void* realWorkLength, void* integerWork, void* integerWorkLength, void* info, size_t jobLength, size_t triangleLength)',
    ),
  };
}
