# The CUDA compiler, where there is one: nothing needs it, and the host's
# evaluators say the same bits. Sets ASSAY_CUDA_FOUND.
#
#   -DASSAY_CUDA=AUTO   where it is, tests compile for devices (the default)
#   -DASSAY_CUDA=ON     it must be there; evaluators use a device
#   -DASSAY_CUDA=OFF    do not look

set(ASSAY_CUDA AUTO CACHE STRING "Build for CUDA devices: AUTO, ON or OFF")
set(ASSAY_CUDA_FOUND OFF)
if(NOT ASSAY_CUDA STREQUAL "OFF" AND NOT ASSAY_SANITIZE)
  find_program(ASSAY_NVCC nvcc HINTS /usr/local/cuda/bin)
  if(ASSAY_NVCC)
    set(CMAKE_CUDA_COMPILER ${ASSAY_NVCC})
    # Real code for these, and PTX for what comes after.
    if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
      set(CMAKE_CUDA_ARCHITECTURES 80-real 90-real 100-real 120)
    endif()
    enable_language(CUDA)
    # CMake 3.25 does not know that this compiler speaks C++20.
    if(NOT DEFINED CMAKE_CUDA20_STANDARD_COMPILE_OPTION)
      set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION -std=c++20)
      set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION -std=c++20)
    endif()
    find_package(CUDAToolkit REQUIRED)
    set(ASSAY_CUDA_FOUND ON)
  elseif(ASSAY_CUDA STREQUAL "ON")
    message(FATAL_ERROR "ASSAY_CUDA=ON, and there is no nvcc")
  else()
    message(STATUS "No CUDA compiler: evaluators are the host's")
  endif()
endif()
