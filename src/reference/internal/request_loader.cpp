#include "reference/internal/request_loader.h"

#include <algorithm>
#include <cstddef>

namespace writ::reference::internal {
namespace {

constexpr std::size_t index_section = 1;
constexpr std::size_t first_model_section = 2;

/// The services in which a signing name is spelled as the id come first, then by id.
void index_names(RequestModels& models) {
    for (const RequestService& service : models.services) {
        models.by_signing_name[service.signing_name].push_back(&service);
        for (const auto other : service.other_signing_names)
            models.by_signing_name[other].push_back(&service);
        if (!service.target_prefix.empty()) models.by_target.emplace(service.target_prefix, &service);
    }
    for (auto& [name, services] : models.by_signing_name) {
        std::ranges::stable_partition(services,
                                      [&](const RequestService* service) { return service->id == name; });
    }
}

void load_index(RequestModels& models) {
    models.names = unpack(Table::request_models, 0);
    models.strings = strings_of(models.names);
    const Bytes bytes = unpack(Table::request_models, index_section);
    Numbers numbers(bytes);
    const auto text = [&] { return models.strings[numbers.next()]; };
    models.services.resize(numbers.next());
    models.models.resize(models.services.size());
    std::vector<std::size_t> others;
    for (RequestService& service : models.services) {
        service.number = static_cast<std::uint32_t>(&service - models.services.data());
        service.id = text();
        service.title = text();
        service.signing_name = text();
        service.endpoint_prefix = text();
        service.api_version = text();
        service.target_prefix = text();
        service.protocols = static_cast<std::uint8_t>(numbers.next());
        others.push_back(models.signing_names.size());
        for (auto left = numbers.next(); left != 0; --left) models.signing_names.push_back(text());
    }
    others.push_back(models.signing_names.size());
    for (std::size_t i = 0; i < models.services.size(); ++i) {
        models.services[i].other_signing_names =
            std::span(models.signing_names).subspan(others[i], others[i + 1] - others[i]);
    }
    index_names(models);
}

class ModelLoader {
  public:
    ModelLoader(const RequestModels& models, const RequestService& service)
        : strings_(models.strings),
          bytes_(unpack(Table::request_models, first_model_section + service.number)) {}

    void load(RequestModel& model) {
        load_shapes(model);
        load_operations(model);
    }

  private:
    // Bits as the builder writes them.
    enum : std::uint32_t {
        location = 7,
        required = 8,
        streaming = 16,
        xml_attribute = 32,
        own_wire_name = 64,
        own_query_name = 128,
        anonymous = 1,
        deprecated = 2,
        own_address = 4,
        own_root = 8
    };

    std::string_view text() { return strings_[numbers_.next()]; }

    // Members are as many as the model says before the first: what points to them stays in place.
    void load_shapes(RequestModel& model) {
        constexpr auto first_scalar = static_cast<std::uint32_t>(RequestShapeKind::string);
        constexpr auto scalars =
            static_cast<std::uint32_t>(RequestShapeKind::event_stream) - first_scalar + 1;
        model.shapes.resize(scalars + numbers_.next());
        model.members.reserve(numbers_.next());
        for (std::uint32_t i = 0; i < scalars; ++i)
            model.shapes[i].kind = static_cast<RequestShapeKind>(first_scalar + i);
        for (std::size_t i = scalars; i < model.shapes.size(); ++i) load_shape(model, model.shapes[i]);
    }

    void load_shape(RequestModel& model, RequestShape& shape) {
        const auto bits = numbers_.next();
        shape.kind = static_cast<RequestShapeKind>(bits & 3U);
        shape.flattened = (bits & 4U) != 0;
        const auto first = model.members.size();
        for (auto left = bits >> 3U; left != 0; --left) load_member(model);
        const auto members = std::span<const RequestMember>(model.members).subspan(first);
        if (shape.kind == RequestShapeKind::structure) {
            shape.members = members;
        } else {
            shape.element = &members[0];
            if (members.size() > 1) shape.key = &members[1];
        }
    }

    void load_member(RequestModel& model) {
        RequestMember& member = model.members.emplace_back();
        member.name = text();
        member.shape = &model.shapes[numbers_.next()];
        const auto bits = numbers_.next();
        member.location = static_cast<RequestMember::Location>(bits & location);
        member.required = (bits & required) != 0;
        member.streaming = (bits & streaming) != 0;
        member.xml_attribute = (bits & xml_attribute) != 0;
        member.wire_name = (bits & own_wire_name) != 0 ? text() : member.name;
        member.query_name = (bits & own_query_name) != 0 ? text() : member.wire_name;
    }

    void load_operations(RequestModel& model) {
        model.operations.resize(numbers_.next());
        for (RequestOperation& operation : model.operations) {
            operation.name = text();
            const auto bits = numbers_.next();
            operation.anonymous = (bits & anonymous) != 0;
            operation.deprecated = (bits & deprecated) != 0;
            if (const auto input = numbers_.next(); input != 0) operation.input = &model.shapes[input - 1];
            operation.http_method = (bits & own_address) != 0 ? text() : "POST";
            operation.request_uri = (bits & own_address) != 0 ? text() : "/";
            if ((bits & own_root) != 0) operation.xml_root = text();
        }
    }

    const std::vector<std::string_view>& strings_;
    Bytes bytes_;
    Numbers numbers_{bytes_};
};

}  // namespace

const RequestModels& request_models() {
    static const RequestModels models = [] {
        RequestModels loading;
        load_index(loading);
        return loading;
    }();
    return models;
}

const RequestModel& request_model(const RequestService& service) {
    const RequestModels& models = request_models();
    LazyRequestModel& lazy = models.models[service.number];
    std::call_once(lazy.loaded, [&] { ModelLoader(models, service).load(lazy.model); });
    return lazy.model;
}

}  // namespace writ::reference::internal
