#include "sandbox/launcher/plan_codec.h"

#include <cstring>

#include "sandbox/wire/codec.h"

namespace assay::sandbox {
namespace {

// The plan's descriptors in the order in which they travel.
std::vector<int*> FixedDescriptors(BoxPlan* plan) {
  return {&plan->stdin_fd,  &plan->request_fd, &plan->contents_fd,
          &plan->stdout_fd, &plan->stderr_fd,  &plan->reply_fd,
          &plan->status_fd};
}

}  // namespace

std::string EncodePlan(const BoxPlan& plan, int slot, std::vector<int>* fds) {
  BoxPlan copy;
  copy.stdin_fd = plan.stdin_fd;
  copy.request_fd = plan.request_fd;
  copy.contents_fd = plan.contents_fd;
  copy.stdout_fd = plan.stdout_fd;
  copy.stderr_fd = plan.stderr_fd;
  copy.reply_fd = plan.reply_fd;
  copy.status_fd = plan.status_fd;
  Writer writer;
  writer.I64(slot).String(Encode(plan.request)).U64(plan.uid);
  writer.Bool(plan.nest_user_namespace)
      .Bool(plan.has_ipc_namespace)
      .Bool(plan.has_uts_namespace)
      .Bool(plan.has_cgroup_namespace)
      .Bool(plan.mount_proc)
      .Bool(plan.limit_address_space)
      .Bool(plan.bounded_by_server)
      .I64(plan.landlock_abi)
      .I64(static_cast<int64_t>(plan.fail_step))
      .String(plan.cores);
  writer.String(
      std::string_view(reinterpret_cast<const char*>(plan.filter.data()),
                       plan.filter.size() * sizeof(sock_filter)));
  for (int* fd : FixedDescriptors(&copy)) {
    writer.Bool(*fd >= 0);
    if (*fd >= 0) fds->push_back(*fd);
  }
  writer.U64(plan.group_fds.size());
  for (int fd : plan.group_fds) fds->push_back(fd);
  writer.U64(plan.file_fds.size());
  for (int fd : plan.file_fds) fds->push_back(fd);
  for (int fd : plan.channel_fds) fds->push_back(fd);
  return writer.bytes();
}

bool DecodePlan(std::string_view bytes, const std::vector<UniqueFd>& fds,
                BoxPlan* plan, int* slot) {
  Reader reader(bytes);
  *slot = reader.Int();
  if (!Decode(reader.String(), &plan->request)) return false;
  plan->uid = static_cast<uint32_t>(reader.U64());
  plan->nest_user_namespace = reader.Bool();
  plan->has_ipc_namespace = reader.Bool();
  plan->has_uts_namespace = reader.Bool();
  plan->has_cgroup_namespace = reader.Bool();
  plan->mount_proc = reader.Bool();
  plan->limit_address_space = reader.Bool();
  plan->bounded_by_server = reader.Bool();
  plan->landlock_abi = reader.Int();
  plan->fail_step = static_cast<SetupStep>(reader.Int());
  plan->cores = reader.String();
  std::string filter = reader.String();
  plan->filter.resize(filter.size() / sizeof(sock_filter));
  std::memcpy(plan->filter.data(), filter.data(),
              plan->filter.size() * sizeof(sock_filter));
  size_t next = 0;
  for (int* fd : FixedDescriptors(plan)) {
    if (!reader.Bool()) continue;
    if (next == fds.size()) return false;
    *fd = fds[next++].get();
  }
  const uint64_t group_count = reader.U64();
  while (plan->group_fds.size() < group_count && next < fds.size()) {
    plan->group_fds.push_back(fds[next++].get());
  }
  uint64_t file_count = reader.U64();
  while (next < fds.size()) {
    std::vector<int>* place = plan->file_fds.size() < file_count
                                  ? &plan->file_fds
                                  : &plan->channel_fds;
    place->push_back(fds[next++].get());
  }
  return reader.Finished() && plan->group_fds.size() == group_count &&
         plan->file_fds.size() == file_count &&
         plan->channel_fds.size() == plan->request.channels.size();
}

}  // namespace assay::sandbox
