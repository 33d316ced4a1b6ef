import { useEffect } from "@odoo/owl";
import { useSetupAction } from "@web/search/action_hook";

/** Which groups are unfolded, each at which page. */
function listUnfolded(groups = {}) {
    return Object.values(groups)
        .filter((group) => !group.isFolded)
        .map(({ value, groupByFieldName, list }) => ({
            value,
            groupByFieldName,
            offset: list.offset,
            groups: listUnfolded(list.groups),
        }));
}

function makeGroups(kept, config, groupBy) {
    const common = { resModel: config.resModel, fields: config.fields, activeFields: config.activeFields };
    common.fieldsToAggregate = Object.keys(config.activeFields);
    const make = ({ value, groupByFieldName, offset, groups }) => ({
        ...common,
        offset: 0,
        groupByFieldName,
        value,
        extraDomain: false,
        isFolded: false,
        list: { ...common, offset, limit: 80, groupBy, groups: makeGroups(groups, config, groupBy.slice(1)) },
    });
    return Object.fromEntries(kept.map((group) => [group.value, make(group)]));
}

/** Return the configuration of a list as it was left; grouped by something else it opens folded. */
export function withPlace(config, { groupBy, orderBy, offset, limit, groups }) {
    return { ...config, groupBy, orderBy, offset, limit, groups: makeGroups(groups, config, groupBy.slice(1)) };
}

/**
 * Keep with the search where one was, so that the browser's Back button returns there: Odoo keeps unfolded groups and the
 * place for its breadcrumbs only.
 */
export function usePlace(controller) {
    const find = () => controller.rootRef.el?.querySelector(".o_list_renderer");
    useSetupAction({
        getGlobalState: () => {
            const { groupBy, orderBy, offset, limit, groups } = controller.model.root.config;
            const place = { groupBy, orderBy, offset, limit, groups: listUnfolded(groups), top: find()?.scrollTop || 0 };
            // what the history of the browser keeps is plain
            return { agingPlace: JSON.parse(JSON.stringify(place)) };
        },
    });
    useEffect(
        (isReady) => {
            const place = !controller.props.state && controller.props.globalState?.agingPlace;
            if (isReady && place && find()) {
                find().scrollTop = place.top;
            }
        },
        () => [controller.model.isReady]
    );
}
