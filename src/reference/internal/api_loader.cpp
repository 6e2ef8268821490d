#include "reference/internal/api_loader.h"

namespace writ::reference::internal {
namespace {

class Loader {
  public:
    ApiModels load() {
        models_.names = unpack(Table::api_models, 0);
        strings_ = strings_of(models_.names);
        const auto count = numbers_.next();
        models_.models.resize(count);
        for (auto& model : models_.models) {
            ApiService service;
            service.name = text();
            service.api_version = text();
            service.xml_namespace = text();
            service.target_prefix = text();
            service.protocol = static_cast<Protocol>(numbers_.next());
            load_shapes(model);
            load_errors(model);
            load_operations(model);
            service.operations = model.operations;
            models_.services.push_back(service);
        }
        return std::move(models_);
    }

  private:
    // Bits of a shape and of a member, as the builder writes them.
    enum : std::uint32_t {
        flattened = 1,
        sensitive = 2,
        exactly_one = 4,
        epoch = 8,
        has_min = 16,
        has_max = 32
    };

    struct Extent {
        std::size_t values, values_end, members, members_end;
    };

    std::string_view text() { return strings_[numbers_.next()]; }

    std::int64_t limit() {
        const std::int64_t number = numbers_.next();
        return (number & 1) != 0 ? -((number + 1) / 2) : number / 2;
    }

    // Rows move while their vectors grow: what points to them waits until all are there.
    void load_shapes(ApiModel& model) {
        model.shapes.resize(numbers_.next());
        std::vector<Extent> extents;
        extents.reserve(model.shapes.size());
        for (Shape& shape : model.shapes) extents.push_back(load_shape(model, shape));
        for (std::size_t i = 0; i < model.shapes.size(); ++i) {
            Shape& shape = model.shapes[i];
            const auto [values, values_end, members, members_end] = extents[i];
            shape.values = std::span(model.values).subspan(values, values_end - values);
            const auto all = std::span(model.members).subspan(members, members_end - members);
            if (shape.type == ShapeType::structure) {
                shape.members = all;
            } else if (!all.empty()) {
                shape.element = &all[0];
                if (all.size() > 1) shape.key = &all[1];
            }
        }
        for (std::size_t i = 0; i < model.members.size(); ++i)
            model.members[i].shape = &model.shapes[shape_of_[i]];
        shape_of_.clear();
    }

    Extent load_shape(ApiModel& model, Shape& shape) {
        shape.name = text();
        shape.type = static_cast<ShapeType>(numbers_.next());
        const auto flags = numbers_.next();
        shape.flattened = (flags & flattened) != 0;
        shape.sensitive = (flags & sensitive) != 0;
        shape.exactly_one = (flags & exactly_one) != 0;
        shape.time_format = (flags & epoch) != 0 ? TimeFormat::epoch_seconds : TimeFormat::iso_8601;
        if ((flags & has_min) != 0) shape.min = limit();
        if ((flags & has_max) != 0) shape.max = limit();
        shape.pattern = text();

        Extent extent{model.values.size(), 0, model.members.size(), 0};
        for (auto left = numbers_.next(); left != 0; --left) model.values.push_back(text());
        extent.values_end = model.values.size();
        for (auto left = numbers_.next(); left != 0; --left) {
            Member member;
            member.name = text();
            member.wire_name = text();
            shape_of_.push_back(numbers_.next());
            const auto bits = numbers_.next();
            member.required = (bits & 1U) != 0;
            member.sensitive = (bits & 2U) != 0;
            member.location = static_cast<Member::Location>(bits >> 2U);
            model.members.push_back(member);
        }
        extent.members_end = model.members.size();
        return extent;
    }

    void load_errors(ApiModel& model) {
        model.errors.resize(numbers_.next());
        for (ErrorShape& error : model.errors) {
            error.shape = &model.shapes[numbers_.next()];
            error.name = error.shape->name;
            error.code = text();
            error.http_status = static_cast<int>(numbers_.next());
        }
    }

    const Shape* shape_or_none(const ApiModel& model) {
        const auto number = numbers_.next();
        return number == 0 ? nullptr : &model.shapes[number - 1];
    }

    void load_operations(ApiModel& model) {
        model.operations.resize(numbers_.next());
        auto& lists = model.error_lists;
        lists.starts.push_back(0);
        for (Operation& operation : model.operations) {
            operation.name = text();
            operation.http_method = text();
            operation.request_uri = text();
            operation.http_status = static_cast<int>(numbers_.next());
            operation.input = shape_or_none(model);
            operation.output = shape_or_none(model);
            operation.result_wrapper = text();
            const auto flags = numbers_.next();
            operation.paginated = (flags & 1U) != 0;
            operation.anonymous = (flags & 2U) != 0;
            for (auto left = numbers_.next(); left != 0; --left)
                lists.elements.push_back(&model.errors[numbers_.next()]);
            lists.starts.push_back(static_cast<std::uint32_t>(lists.elements.size()));
        }
        for (std::size_t i = 0; i < model.operations.size(); ++i) model.operations[i].errors = lists[i];
    }

    ApiModels models_;
    std::vector<std::string_view> strings_;
    Bytes bytes_ = unpack(Table::api_models, 1);
    Numbers numbers_{bytes_};
    std::vector<std::uint32_t> shape_of_;
};

}  // namespace

const ApiModels& api_models() {
    static const ApiModels models = Loader().load();
    return models;
}

}  // namespace writ::reference::internal
