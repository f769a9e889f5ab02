#include "sandbox/wire/messages.h"

#include "sandbox/wire/codec.h"

namespace assay::sandbox {
namespace {

Writer Begin(MessageKind kind) {
  Writer writer;
  writer.U64(static_cast<uint64_t>(kind));
  return writer;
}

bool Expect(Reader* reader, MessageKind kind) {
  return static_cast<MessageKind>(reader->U64()) == kind && reader->ok();
}

void Put(const BoxLimits& limits, Writer* writer) {
  writer->I64(limits.cpu_ns)
      .I64(limits.wall_ns)
      .I64(limits.memory_bytes)
      .I64(limits.stdout_bytes)
      .I64(limits.stderr_bytes)
      .I64(limits.reply_bytes)
      .I64(limits.process_count)
      .I64(limits.file_bytes)
      .I64(limits.collect_bytes)
      .I64(limits.open_files_count)
      .I64(limits.stack_bytes);
}

void Get(Reader* reader, BoxLimits* limits) {
  limits->cpu_ns = reader->I64();
  limits->wall_ns = reader->I64();
  limits->memory_bytes = reader->I64();
  limits->stdout_bytes = reader->I64();
  limits->stderr_bytes = reader->I64();
  limits->reply_bytes = reader->I64();
  limits->process_count = reader->I64();
  limits->file_bytes = reader->I64();
  limits->collect_bytes = reader->I64();
  limits->open_files_count = reader->I64();
  limits->stack_bytes = reader->I64();
}

}  // namespace

std::string Encode(const BoxRequest& request) {
  Writer writer = Begin(MessageKind::kStart);
  writer.U64(request.id)
      .StringList(request.argv)
      .StringList(request.environment)
      .String(request.policy)
      .String(request.profile)
      .Bool(request.has_input)
      .Bool(request.has_request)
      .Bool(request.wants_reply)
      .Bool(request.has_contents);
  writer.U64(request.files.size());
  for (const BoxFileEntry& file : request.files) {
    writer.String(file.path).U64(file.size).I64(file.mode);
    writer.U64(file.shared_id).String(file.link);
  }
  writer.U64(request.channels.size());
  for (int number : request.channels) writer.I64(number);
  writer.StringList(request.collect);
  Put(request.limits, &writer);
  return writer.bytes();
}

bool Decode(std::string_view bytes, BoxRequest* request) {
  Reader reader(bytes);
  if (!Expect(&reader, MessageKind::kStart)) return false;
  request->id = reader.U64();
  reader.StringList(&request->argv);
  reader.StringList(&request->environment);
  request->policy = reader.String();
  request->profile = reader.String();
  request->has_input = reader.Bool();
  request->has_request = reader.Bool();
  request->wants_reply = reader.Bool();
  request->has_contents = reader.Bool();
  uint64_t file_count = reader.Count();
  for (uint64_t i = 0; i < file_count && reader.ok(); ++i) {
    BoxFileEntry file;
    file.path = reader.String();
    file.size = reader.U64();
    file.mode = reader.Int();
    file.shared_id = reader.U64();
    file.link = reader.String();
    request->files.push_back(std::move(file));
  }
  uint64_t channel_count = reader.Count();
  for (uint64_t i = 0; i < channel_count && reader.ok(); ++i) {
    request->channels.push_back(reader.Int());
  }
  reader.StringList(&request->collect);
  Get(&reader, &request->limits);
  return reader.Finished();
}

std::string Encode(const BoxReport& report) {
  Writer writer = Begin(MessageKind::kReport);
  writer.U64(report.id)
      .U64(static_cast<uint64_t>(report.status))
      .String(report.status_text)
      .I64(report.outcome)
      .I64(report.exit_code)
      .I64(report.signal)
      .String(report.violation)
      .String(report.setup_error)
      .String(report.stdout_text)
      .String(report.stderr_text)
      .Bool(report.stderr_truncated)
      .String(report.reply);
  writer.U64(report.files.size());
  for (const auto& [name, content] : report.files) {
    writer.String(name).String(content);
  }
  writer.Bool(report.files_left_out);
  writer.I64(report.cpu_ns)
      .I64(report.wall_ns)
      .I64(report.scheduling_delay_ns)
      .I64(report.longest_delay_ns)
      .I64(report.peak_memory_bytes);
  return writer.bytes();
}

bool Decode(std::string_view bytes, BoxReport* report) {
  Reader reader(bytes);
  if (!Expect(&reader, MessageKind::kReport)) return false;
  report->id = reader.U64();
  report->status = static_cast<ReportStatus>(reader.U64());
  report->status_text = reader.String();
  report->outcome = reader.Int();
  report->exit_code = reader.Int();
  report->signal = reader.Int();
  report->violation = reader.String();
  report->setup_error = reader.String();
  report->stdout_text = reader.String();
  report->stderr_text = reader.String();
  report->stderr_truncated = reader.Bool();
  report->reply = reader.String();
  uint64_t file_count = reader.Count();
  for (uint64_t i = 0; i < file_count && reader.ok(); ++i) {
    std::string name = reader.String();
    report->files.emplace_back(std::move(name), reader.String());
  }
  report->files_left_out = reader.Bool();
  report->cpu_ns = reader.I64();
  report->wall_ns = reader.I64();
  report->scheduling_delay_ns = reader.I64();
  report->longest_delay_ns = reader.I64();
  report->peak_memory_bytes = reader.I64();
  return reader.Finished() && report->status <= ReportStatus::kExhausted;
}

std::string Encode(const LauncherConfig& config) {
  Writer writer = Begin(MessageKind::kConfig);
  writer.I64(config.lane_count);
  writer.U64(config.profiles.size());
  for (const ProfileConfig& profile : config.profiles) {
    writer.String(profile.name)
        .String(profile.interpreter)
        .StringList(profile.required)
        .StringList(profile.preload)
        .String(profile.runtime_source)
        .StringList(profile.exercise);
  }
  writer.StringList(config.read_only_paths)
      .String(config.fail_step)
      .StringList(config.without);
  return writer.bytes();
}

bool Decode(std::string_view bytes, LauncherConfig* config) {
  Reader reader(bytes);
  if (!Expect(&reader, MessageKind::kConfig)) return false;
  config->lane_count = reader.Int();
  uint64_t count = reader.Count();
  for (uint64_t i = 0; i < count && reader.ok(); ++i) {
    ProfileConfig profile;
    profile.name = reader.String();
    profile.interpreter = reader.String();
    reader.StringList(&profile.required);
    reader.StringList(&profile.preload);
    profile.runtime_source = reader.String();
    reader.StringList(&profile.exercise);
    config->profiles.push_back(std::move(profile));
  }
  reader.StringList(&config->read_only_paths);
  config->fail_step = reader.String();
  reader.StringList(&config->without);
  return reader.Finished();
}

std::string Encode(const LauncherHello& hello) {
  Writer writer = Begin(MessageKind::kHello);
  writer.String(hello.error)
      .I64(hello.cgroup)
      .Bool(hello.user_namespace)
      .Bool(hello.pid_namespace)
      .Bool(hello.mount_namespace)
      .Bool(hello.ipc_namespace)
      .Bool(hello.uts_namespace)
      .Bool(hello.net_namespace)
      .Bool(hello.cgroup_namespace)
      .Bool(hello.own_root)
      .Bool(hello.proc)
      .Bool(hello.seccomp)
      .I64(hello.landlock_abi)
      .Bool(hello.separate_uids)
      .StringList(hello.missing);
  writer.U64(hello.profiles.size());
  for (const ProfileStatus& profile : hello.profiles) {
    writer.String(profile.name).Bool(profile.ready).String(profile.error);
  }
  return writer.bytes();
}

bool Decode(std::string_view bytes, LauncherHello* hello) {
  Reader reader(bytes);
  if (!Expect(&reader, MessageKind::kHello)) return false;
  hello->error = reader.String();
  hello->cgroup = reader.Int();
  hello->user_namespace = reader.Bool();
  hello->pid_namespace = reader.Bool();
  hello->mount_namespace = reader.Bool();
  hello->ipc_namespace = reader.Bool();
  hello->uts_namespace = reader.Bool();
  hello->net_namespace = reader.Bool();
  hello->cgroup_namespace = reader.Bool();
  hello->own_root = reader.Bool();
  hello->proc = reader.Bool();
  hello->seccomp = reader.Bool();
  hello->landlock_abi = reader.Int();
  hello->separate_uids = reader.Bool();
  reader.StringList(&hello->missing);
  uint64_t count = reader.Count();
  for (uint64_t i = 0; i < count && reader.ok(); ++i) {
    ProfileStatus profile;
    profile.name = reader.String();
    profile.ready = reader.Bool();
    profile.error = reader.String();
    hello->profiles.push_back(std::move(profile));
  }
  return reader.Finished();
}

std::string EncodeCancel(uint64_t id) {
  return Begin(MessageKind::kCancel).U64(id).bytes();
}

bool DecodeCancel(std::string_view bytes, uint64_t* id) {
  Reader reader(bytes);
  if (!Expect(&reader, MessageKind::kCancel)) return false;
  *id = reader.U64();
  return reader.Finished();
}

std::string EncodeSpawn(int lane) {
  return Begin(MessageKind::kSpawn).I64(lane).bytes();
}

bool DecodeSpawn(std::string_view bytes, int* lane) {
  Reader reader(bytes);
  if (!Expect(&reader, MessageKind::kSpawn)) return false;
  *lane = reader.Int();
  return reader.Finished();
}

}  // namespace assay::sandbox
